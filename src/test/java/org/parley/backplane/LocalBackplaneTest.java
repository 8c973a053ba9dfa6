package org.parley.backplane;

import java.util.List;

import org.parley.hub.Backplane;

class LocalBackplaneTest extends BackplaneContract {
    @Override
    protected List<Backplane> connect() {
        return List.of(new LocalBackplane());
    }
}
