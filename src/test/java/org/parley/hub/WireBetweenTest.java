package org.parley.hub;

import java.util.List;

import org.parley.backplane.BackplaneContract;

/** The fake that the hub is tested with keeps the same contract as the adapters. */
class WireBetweenTest extends BackplaneContract {
    @Override
    protected List<Backplane> connect() {
        WireBetween wire = new WireBetween();
        return List.of(wire.newBackplane(), wire.newBackplane(), wire.newBackplane());
    }
}
