package org.parley.file;

import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

class PacingTest {
    private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);

    private long said;
    /** Near its overflow, which System.nanoTime may reach. */
    private long now = Long.MAX_VALUE - 3 * MILLI;

    private final Pacing pacing = new Pacing(() -> said, () -> now);

    private long worked(long millis) {
        now += millis * MILLI;
        return pacing.rest(millis * MILLI);
    }

    @Test
    void nobodyRestsWhileNobodyChats() {
        assertEquals(0, worked(1));
        assertEquals(0, worked(5));
    }

    @Test
    void besideChatFilesGetAnEighthOfTheTime() {
        said++;
        assertEquals(7 * MILLI, worked(1));
        now += 7 * MILLI;
        assertEquals(14 * MILLI, worked(2));
    }

    @Test
    void severalTransfersShareThatEighth() {
        said++;
        assertEquals(7 * MILLI, worked(1));
        assertEquals(13 * MILLI, worked(1));
        assertEquals(19 * MILLI, worked(1));
    }

    @Test
    void knowsOfChatBeforeAnybodyHasWorked() {
        assertFalse(pacing.chatting());
        said++;
        assertTrue(pacing.chatting());
        now += 5_000 * MILLI;
        assertFalse(pacing.chatting());
    }

    @Test
    void aCountThatFallsAndComesBackIsNoChat() {
        said = 5;
        worked(1);
        now += 6_000 * MILLI;
        said = 4;
        assertEquals(0, worked(1));
        said = 5;
        assertEquals(0, worked(1));
    }

    @Test
    void whatTookVeryLongIsNotPaidForInFull() {
        said++;
        assertEquals(700 * MILLI, worked(60_000));
    }

    @Test
    void restsThatAreOverDoNotCount() {
        said++;
        assertEquals(7 * MILLI, worked(1));
        now += 1_000 * MILLI;
        assertEquals(7 * MILLI, worked(1));
    }

    @Test
    void fiveSecondsAfterTheLastMessageNobodyRests() {
        said++;
        worked(1);
        now += 4_990 * MILLI;
        assertEquals(7 * MILLI, worked(1));
        now += 10 * MILLI;
        assertEquals(0, worked(1));
        said++;
        assertEquals(7 * MILLI, worked(1));
    }
}
