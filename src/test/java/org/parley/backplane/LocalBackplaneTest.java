package org.parley.backplane;

import org.parley.hub.Backplane;

class LocalBackplaneTest extends BackplaneContract {
    private boolean connected;

    @Override
    protected Backplane connect() {
        Backplane node = connected ? null : new LocalBackplane();
        connected = true;
        return node;
    }
}
