package org.parley.backplane;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import org.parley.hub.Announcement;
import org.parley.hub.Backplane;

/** A backplane whose hub hears one announcement in three not at all, one twice, and one only after others. */
final class Unreliable implements Backplane {
    private final Backplane backplane;
    private final Random random;
    private final List<Runnable> late = new ArrayList<>();

    Unreliable(Backplane backplane, long seed) {
        this.backplane = backplane;
        this.random = new Random(seed);
    }

    @Override
    public String node() {
        return backplane.node();
    }

    @Override
    public void listen(Listener listener) {
        backplane.listen(new Listener() {
            @Override
            public void announced(String node, Announcement announcement) {
                mistreat(() -> listener.announced(node, announcement));
            }

            @Override
            public void reconnected() {
                listener.reconnected();
            }
        });
    }

    private synchronized void mistreat(Runnable announcement) {
        switch (random.nextInt(6)) {
            case 0, 1 -> {}
            case 2 -> {
                announcement.run();
                announcement.run();
            }
            case 3, 4 -> late.add(announcement);
            default -> {
                announcement.run();
                late.forEach(Runnable::run);
                late.clear();
            }
        }
    }

    @Override
    public void subscribe(String room) {
        backplane.subscribe(room);
    }

    @Override
    public void unsubscribe(String room) {
        backplane.unsubscribe(room);
    }

    @Override
    public void announce(Announcement announcement) {
        backplane.announce(announcement);
    }

    @Override
    public State state() {
        return backplane.state();
    }

    @Override
    public void close() {
        backplane.close();
    }
}
