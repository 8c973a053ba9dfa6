package org.parley.dashboard;

import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.parley.dashboard.Health.Status;
import org.parley.hub.HubStage;

import static org.assertj.core.api.Assertions.assertThat;

class HealthTest {
    @TempDir
    Path directory;

    private final HubStage stage = new HubStage(Clock.systemUTC());
    private final AtomicBoolean writing = new AtomicBoolean(true);
    private final AtomicBoolean files = new AtomicBoolean(true);
    private final AtomicBoolean ending = new AtomicBoolean();

    private Health health() {
        return new Health(stage.census(), files::get, writing::get, ending::get, Optional.of(directory));
    }

    private static Status of(Health.Report report, String name) {
        return report.checks().stream()
                .filter(check -> check.name().equals(name))
                .findFirst()
                .orElseThrow()
                .status();
    }

    @Test
    void isDownWithoutItsDatabaseAndUpAgain() {
        stage.logAnswers(false);
        assertThat(of(health().ready(), "database")).isEqualTo(Status.DOWN);
        assertThat(health().ready().usable()).isFalse();
        assertThat(health().live().usable()).as("a restart would not help").isTrue();
        stage.logAnswers(true);
        assertThat(of(health().ready(), "database")).isEqualTo(Status.UP);
    }

    @Test
    void isDegradedAndNotDownWithoutTheOthers() {
        stage.backplaneUp(false);
        Health.Report ready = health().ready();
        assertThat(of(ready, "backplane")).isEqualTo(Status.DEGRADED);
        assertThat(ready.usable()).isTrue();
        assertThat(ready.status()).isNotEqualTo(Status.UP);
    }

    @Test
    void isDegradedAndNotDownWithoutFiles() {
        files.set(false);
        Health.Report ready = health().ready();
        assertThat(of(ready, "files")).isEqualTo(Status.DEGRADED);
        assertThat(ready.usable()).isTrue();
    }

    @Test
    void isDegradedAndNotDownWithMuchToStore() {
        stage.waiting(51);
        assertThat(of(health().ready(), "append-queue")).isEqualTo(Status.DEGRADED);
    }

    @Test
    void takesNobodyInWhenItEnds() {
        ending.set(true);
        assertThat(health().ready().usable()).isFalse();
        assertThat(health().live().usable()).isTrue();
    }

    @Test
    void wantsARestartWithoutAWriter() {
        writing.set(false);
        assertThat(health().live().usable()).isFalse();
    }

    @Test
    void asksTheDatabaseOnceASecondHoweverOftenItIsAsked() {
        Health health = health();
        for (int i = 0; i < 50; i++) {
            health.ready();
        }
        assertThat(stage.questions()).isLessThan(10);
    }
}
