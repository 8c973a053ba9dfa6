package org.parley;

import java.time.Duration;

import org.parley.file.FileLimits;

/**
 * What files may take, and how long: {@code parley.files.max-bytes}, {@code .per-user}, {@code .per-room}, {@code
 * .unfinished-per-user}, {@code .unfinished}, {@code .unclaimed}, {@code .sweep-every}.
 *
 * @param sweepEvery how often files that nobody will ask for are looked for
 */
record FileSettings(FileLimits limits, Duration sweepEvery) {
    private static final long TEBIBYTE = 1L << 40;

    static FileSettings read(SettingsReader reader) {
        FileLimits normal = FileLimits.DEFAULT;
        Duration shortest = Duration.ofSeconds(1);
        Duration longest = Duration.ofDays(365);
        FileLimits limits = new FileLimits(
                reader.number("parley.files.max-bytes", normal.fileBytes(), 1, TEBIBYTE),
                reader.number("parley.files.per-user", normal.userBytes(), 1, 1024 * TEBIBYTE),
                reader.number("parley.files.per-room", normal.roomBytes(), 1, 1024 * TEBIBYTE),
                reader.integer("parley.files.unfinished-per-user", normal.unfinished(), 1, 10_000),
                reader.duration("parley.files.unfinished", normal.unfinishedAge(), shortest, longest),
                reader.duration("parley.files.unclaimed", normal.unclaimedAge(), shortest, Duration.ofHours(23)));
        return new FileSettings(
                limits,
                reader.duration("parley.files.sweep-every", Duration.ofMinutes(10), shortest, Duration.ofHours(12)));
    }
}
