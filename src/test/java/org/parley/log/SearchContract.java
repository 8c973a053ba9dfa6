package org.parley.log;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.parley.hub.Append;
import org.parley.hub.Append.Change;
import org.parley.hub.Kind;
import org.parley.hub.Message;
import org.parley.hub.MessageLog;
import org.parley.hub.Page;
import org.parley.hub.RoomClass;
import org.parley.hub.Search;
import org.parley.hub.User;

import static org.assertj.core.api.Assertions.assertThat;

/** What every {@link Search} promises, together with the log that it belongs to. */
public abstract class SearchContract {
    private static final User ANN = new User("guest:ann", "Ann", true);

    protected final TestClock clock = new TestClock(Instant.parse("2026-01-01T00:00:00Z"));
    private MessageLog log;
    private Search search;
    private int ids;

    /** A log without any room, which the adapter's own test closes. */
    protected abstract MessageLog open() throws Exception;

    /** Of the log that was opened. */
    protected abstract Search search();

    /** Lets the log forget all but the newest {@code count} entries of the room. */
    protected abstract void keepNewest(String room, int count) throws Exception;

    @BeforeEach
    void openLog() throws Exception {
        log = open();
        search = search();
    }

    private void say(String room, String... texts) throws Exception {
        List<Append> batch = new ArrayList<>();
        for (String text : texts) {
            batch.add(append(room, Kind.TEXT, "{\"text\":\"" + text + "\"}", null));
        }
        log.append(batch);
    }

    private void change(String kind, String body, Change change) throws Exception {
        log.append(List.of(append("tea", kind, body, change)));
    }

    private Append append(String room, String kind, String body, Change change) {
        return new Append(room, RoomClass.LOG, ANN, "id-" + ++ids, kind, body, change, OptionalLong.empty());
    }

    private List<Long> found(String words) throws Exception {
        return seqs(search.find("tea", words, Long.MAX_VALUE, 10));
    }

    private static List<Long> seqs(Page page) {
        return page.messages().stream().map(Message::seq).toList();
    }

    @Test
    void findsMessagesThatHaveAllTheWords() throws Exception {
        say("tea", "green tea", "black tea", "green coffee");
        assertThat(found("tea")).containsExactly(1L, 2L);
        assertThat(found("tea green")).containsExactly(1L);
        assertThat(found("milk")).isEmpty();
    }

    @Test
    void wordsMayBeBegunAndHaveNoCaseOrAccents() throws Exception {
        say("tea", "Der Käse ist GRÜN", "Ελληνικά", "日本");
        assertThat(found("gru kas")).containsExactly(1L);
        assertThat(found("ελλη")).containsExactly(2L);
        assertThat(found("日")).containsExactly(3L);
    }

    @Test
    void nothingInAQueryMeansAnythingButWords() throws Exception {
        say("tea", "a or b", "c");
        for (String odd : List.of("\\\"", "*", "a AND NOT", "text:a", "(", "a:*", "'", "!c", "a & | !", "^a")) {
            search.find("tea", odd, Long.MAX_VALUE, 10);
        }
        assertThat(found("\"a\" (b)")).containsExactly(1L);
        assertThat(found("!?")).isEmpty();
    }

    @Test
    void seesWhatCameSinceTheLastSearch() throws Exception {
        say("tea", "one");
        assertThat(found("one")).containsExactly(1L);
        say("tea", "one more");
        assertThat(found("one")).containsExactly(1L, 2L);
    }

    @Test
    void findsAnEditedMessageByItsNewWordsOnly() throws Exception {
        say("tea", "first");
        assertThat(found("first")).containsExactly(1L);
        change(Kind.EDIT, "{\"target\":1,\"text\":\"second\"}", new Change.Edit(1, "{\"text\":\"second\"}"));
        assertThat(found("first")).isEmpty();
        assertThat(found("second")).containsExactly(1L);
        assertThat(search.find("tea", "second", Long.MAX_VALUE, 1)
                        .messages()
                        .get(0)
                        .body())
                .contains("second");
    }

    @Test
    void doesNotFindWhatIsDeleted() throws Exception {
        say("tea", "secret", "other");
        assertThat(found("secret")).containsExactly(1L);
        change(Kind.DELETE, "{\"target\":1}", new Change.Delete(1));
        assertThat(found("secret")).isEmpty();
    }

    @Test
    void doesNotFindWhatIsTrimmed() throws Exception {
        say("tea", "same", "same", "same");
        assertThat(found("same")).hasSize(3);
        keepNewest("tea", 1);
        assertThat(found("same")).containsExactly(3L);
    }

    @Test
    void roomsAreApart() throws Exception {
        say("tea", "here");
        say("milk", "here");
        assertThat(search.find("milk", "here", Long.MAX_VALUE, 10).messages()).hasSize(1);
        assertThat(found("here")).containsExactly(1L);
        assertThat(search.find("nowhere", "here", Long.MAX_VALUE, 10).messages())
                .isEmpty();
    }

    @Test
    void olderOnesComeOnFurtherPages() throws Exception {
        say("tea", "x", "x", "x", "x", "x");
        Page newest = search.find("tea", "x", Long.MAX_VALUE, 2);
        assertThat(seqs(newest)).containsExactly(4L, 5L);
        assertThat(newest.more()).isTrue();
        Page next = search.find("tea", "x", 4, 3);
        assertThat(seqs(next)).containsExactly(1L, 2L, 3L);
        assertThat(next.more()).isFalse();
    }

    @Test
    void aLongHistoryIsIndexedInSteps() throws Exception {
        String[] texts = new String[1201];
        for (int i = 0; i < texts.length; i++) {
            texts[i] = i % 400 == 0 ? "rare" : "common";
        }
        say("tea", texts);
        assertThat(found("rare")).containsExactly(1L, 401L, 801L, 1201L);
    }

    @Test
    void aNewNumberingIsIndexedAnew() throws Exception {
        say("tea", "old");
        assertThat(found("old")).containsExactly(1L);
        log.renewEpochs();
        assertThat(found("old")).containsExactly(1L);
    }
}
