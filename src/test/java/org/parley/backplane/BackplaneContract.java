package org.parley.backplane;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.parley.hub.Backplane;
import org.parley.hub.Message;
import org.parley.hub.User;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What every {@link Backplane} must do. An adapter without other nodes gives one node, and is heard by nobody. */
public abstract class BackplaneContract {
    private static final User ADA = new User("guest:ada", "Ada", true);

    /** What one node heard, as text. */
    private static final class Heard implements Backplane.Listener {
        final List<String> announcements = new CopyOnWriteArrayList<>();

        @Override
        public void committed(String room, String epoch, List<Message> messages) {
            messages.forEach(m -> announcements.add(room + " " + epoch + " " + m));
        }

        @Override
        public void published(String room, List<Message> messages) {
            messages.forEach(m -> announcements.add(room + " " + m));
        }

        @Override
        public void signalled(String room, Backplane.Signal signal) {
            announcements.add(room + " " + signal);
        }

        @Override
        public void reconnected() {
            // Whoever loses its broker says so; nothing here does.
        }
    }

    private List<Backplane> nodes;
    private final List<Heard> heard = new ArrayList<>();

    /** Nodes that hear each other; at least one. */
    protected abstract List<Backplane> connect();

    @BeforeEach
    void listen() {
        nodes = connect();
        for (Backplane node : nodes) {
            Heard ears = new Heard();
            heard.add(ears);
            node.listen(ears);
            node.subscribe("lobby");
        }
    }

    @AfterEach
    void close() {
        nodes.forEach(Backplane::close);
    }

    private static Message message(long seq) {
        return new Message(seq, seq, 1_000 + seq, "id-" + seq, ADA, "text", "{\"text\":\"grüße 👋 " + seq + "\"}");
    }

    private void eachOtherHears(List<String> expected) {
        for (int other = 1; other < nodes.size(); other++) {
            Heard ears = heard.get(other);
            await().untilAsserted(() -> assertThat(ears.announcements).isEqualTo(expected));
        }
        assertThat(heard.get(0).announcements).as("what a node hears of itself").isEmpty();
    }

    @Test
    void tellsTheOthersWhatWasCommittedInItsOrder() {
        List<String> expected = new ArrayList<>();
        for (long seq = 1; seq <= 100; seq++) {
            nodes.get(0).committed("lobby", "epoch", List.of(message(seq)));
            expected.add("lobby epoch " + message(seq));
        }
        eachOtherHears(expected);
    }

    @Test
    void tellsTheOthersWhatIsInNoLog() {
        Backplane.Signal signal = new Backplane.Signal(ADA, "typing", "{}");
        nodes.get(0).published("lobby", List.of(message(0)));
        nodes.get(0).signalled("lobby", signal);
        eachOtherHears(List.of("lobby " + message(0), "lobby " + signal));
    }

    @Test
    void saysThatItIsConnected() {
        assertThat(nodes).isNotEmpty().allMatch(backplane -> backplane.state().connected());
    }

    @Test
    void closesTwiceAndThenTellsNobody() {
        nodes.get(0).close();
        nodes.get(0).close();
        nodes.get(0).committed("lobby", "epoch", List.of(message(1)));
        nodes.get(0).unsubscribe("lobby");
        assertThat(heard).allSatisfy(ears -> assertThat(ears.announcements).isEmpty());
    }
}
