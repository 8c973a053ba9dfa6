package org.parley.dashboard;

import java.util.List;
import java.util.stream.IntStream;

import jakarta.json.JsonObject;

import org.junit.jupiter.api.Test;

import org.parley.json.InvalidJsonException;
import org.parley.json.Json;

import static org.assertj.core.api.Assertions.assertThat;

class RecentSnapshotsTest {
    private static final int A_DAY = 24 * 60 * 60;

    private final RecentSnapshots snapshots = new RecentSnapshots();

    private List<Integer> shown() throws InvalidJsonException {
        JsonObject newest = (JsonObject) Json.read(snapshots.withHistory());
        return IntStream.concat(
                        newest.getJsonArray("history").getValuesAs(JsonObject.class).stream()
                                .mapToInt(each -> each.getInt("time")),
                        IntStream.of(newest.getInt("time")))
                .boxed()
                .toList();
    }

    @Test
    void aDayLeavesTheLastFiveMinutes() throws InvalidJsonException {
        for (int second = 1; second <= A_DAY; second++) {
            snapshots.add("{\"time\":" + second + "}");
        }
        assertThat(shown())
                .isEqualTo(IntStream.rangeClosed(A_DAY - 299, A_DAY).boxed().toList());
    }

    @Test
    void theFirstOneHasNoHistory() throws InvalidJsonException {
        assertThat(snapshots.isEmpty()).isTrue();
        snapshots.add("{\"time\":1}");
        assertThat(shown()).containsExactly(1);
    }
}
