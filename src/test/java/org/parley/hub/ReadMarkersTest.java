package org.parley.hub;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ReadMarkersTest {
    private final List<Long> written = new ArrayList<>();
    private final List<Long> told = new ArrayList<>();
    private final ManualNanos nanos = new ManualNanos();
    private final ReadMarkers markers = new ReadMarkers(new Written(), (user, room, seq) -> told.add(seq), nanos);

    /** Keeps what is written, and answers as the log does: where the marker is now, 0 in a room that is not followed. */
    private final class Written implements Following {
        @Override
        public void follow(String user, String room) {
            throw new AssertionError();
        }

        @Override
        public void unfollow(String user, String room) {
            throw new AssertionError();
        }

        @Override
        public long read(String user, String room, long seq) {
            written.add(seq);
            return room.equals("elsewhere")
                    ? 0
                    : written.stream().mapToLong(s -> s).max().getAsLong();
        }

        @Override
        public List<Followed> rooms(String user) {
            throw new AssertionError();
        }
    }

    @Test
    void writesTheFirstMoveAtOnceAndTheLastOfASecondAfterIt() throws Exception {
        markers.move("ada", "lobby", 1);
        assertThat(written).containsExactly(1L);
        for (long seq = 2; seq <= 50; seq++) {
            nanos.advance(10, TimeUnit.MILLISECONDS);
            markers.move("ada", "lobby", seq);
            markers.flush();
        }
        assertThat(written).containsExactly(1L);
        nanos.advance(509, TimeUnit.MILLISECONDS);
        markers.flush();
        assertThat(written).as("after 999 ms").containsExactly(1L);
        nanos.advance(1, TimeUnit.MILLISECONDS);
        markers.flush();
        assertThat(written).containsExactly(1L, 50L);
        assertThat(told).containsExactly(1L, 50L);
        nanos.advance(10, TimeUnit.SECONDS);
        markers.flush();
        assertThat(written).as("nothing was left").hasSize(2);
    }

    @Test
    void tellsWhereTheMarkerIsAndNothingOfARoomThatIsNotFollowed() throws Exception {
        markers.move("ada", "lobby", 5);
        nanos.advance(1, TimeUnit.SECONDS);
        markers.move("ada", "lobby", 3);
        markers.move("ada", "elsewhere", 7);
        assertThat(written).containsExactly(5L, 3L, 7L);
        assertThat(told).containsExactly(5L, 5L);
    }

    @Test
    void writesWhatWaitsOfWhoAsksForUnreadCounts() throws Exception {
        markers.move("ada", "lobby", 1);
        markers.move("ada", "lobby", 2);
        markers.move("bob", "lobby", 3);
        markers.move("bob", "lobby", 4);
        markers.flush("ada");
        assertThat(written).containsExactly(1L, 3L, 2L);
        nanos.advance(1, TimeUnit.SECONDS);
        markers.flush();
        assertThat(written).containsExactly(1L, 3L, 2L, 4L);
    }
}
