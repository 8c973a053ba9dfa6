package org.parley.hub;

import org.parley.backplane.BackplaneContract;

/** The fake that the hub is tested with keeps the same contract as the adapters. */
class WireBetweenTest extends BackplaneContract {
    private final WireBetween wire = new WireBetween();

    @Override
    protected Backplane connect() {
        return wire.newBackplane();
    }
}
