package org.parley.file;

import java.time.Duration;

/**
 * What files may take.
 *
 * @param fileBytes of one file
 * @param userBytes of all files of one user
 * @param roomBytes of all files of one room
 * @param unfinished uploads that one user may have begun and not ended
 * @param unfinishedAge after so long without a byte an upload is removed
 * @param unclaimedAge after so long a stored file without a message is removed
 */
public record FileLimits(
        long fileBytes, long userBytes, long roomBytes, int unfinished, Duration unfinishedAge, Duration unclaimedAge) {

    public static final FileLimits DEFAULT =
            new FileLimits(1L << 30, 10L << 30, 100L << 30, 32, Duration.ofDays(1), Duration.ofHours(1));
}
