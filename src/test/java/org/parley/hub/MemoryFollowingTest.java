package org.parley.hub;

import org.parley.log.FollowingContract;

class MemoryFollowingTest extends FollowingContract {
    private MemoryMessageLog memory;

    @Override
    protected MessageLog open() {
        memory = new MemoryMessageLog(clock);
        return memory;
    }

    @Override
    protected Following following() {
        return memory;
    }

    @Override
    protected void keepNewest(String room, int count) {
        memory.keepNewest(room, count);
    }
}
