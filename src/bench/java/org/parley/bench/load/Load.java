package org.parley.bench.load;

/**
 * What is done to a server.
 *
 * @param readers connections; connection i is in room i mod {@code rooms}
 * @param publishers the last of the readers, who publish as well
 * @param stalled the first of the readers, who stop reading once they have joined
 * @param bytes of each message's body, at least {@link Stamp#LENGTH}
 * @param warmup seconds before the measured time
 * @param seconds of measured time
 */
public record Load(
        int readers, int publishers, int rooms, int stalled, int bytes, Pace pace, double warmup, double seconds) {
    public Load {
        if (publishers > readers - stalled || bytes < Stamp.LENGTH || rooms > readers) {
            throw new IllegalArgumentException("more publishers or rooms than readers, or no room for a stamp");
        }
    }

    /** One room, everybody reads, 128 bytes. */
    public static Load room(int readers, int publishers, Pace pace, double warmup, double seconds) {
        return new Load(readers, publishers, 1, 0, 128, pace, warmup, seconds);
    }

    /** Each connection for itself, as in an echo. */
    public static Load echo(int connections, int window, double warmup, double seconds) {
        Pace pace = new Pace.Window(window, Pace.Until.COPIES);
        return new Load(connections, connections, connections, 0, 128, pace, warmup, seconds);
    }

    public Load warmup(double time) {
        return new Load(readers, publishers, rooms, stalled, bytes, pace, time, seconds);
    }

    public Load stalled(int number) {
        return new Load(readers, publishers, rooms, number, bytes, pace, warmup, seconds);
    }

    public Load rooms(int number) {
        return new Load(readers, publishers, number, stalled, bytes, pace, warmup, seconds);
    }

    public Load bytes(int number) {
        return new Load(readers, publishers, rooms, stalled, number, pace, warmup, seconds);
    }

    /** Copies that each message of a publisher makes for readers who read. */
    int copies(int room) {
        int copies = 0;
        for (int i = stalled; i < readers; i++) {
            copies += i % rooms == room ? 1 : 0;
        }
        return copies;
    }
}
