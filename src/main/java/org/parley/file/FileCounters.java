package org.parley.file;

import java.util.concurrent.atomic.LongAdder;

/** What became of files since the start. Thread-safe. */
public final class FileCounters {
    final LongAdder uploading = new LongAdder();
    final LongAdder downloading = new LongAdder();
    final LongAdder bytesIn = new LongAdder();
    final LongAdder bytesOut = new LongAdder();
    final LongAdder stored = new LongAdder();
    final LongAdder removed = new LongAdder();

    /** Uploads that a connection has open now. */
    public long uploading() {
        return uploading.sum();
    }

    /** Downloads that are under way now, over either protocol. */
    public long downloading() {
        return downloading.sum();
    }

    /** Bytes of files stored. */
    public long bytesIn() {
        return bytesIn.sum();
    }

    /** Bytes of files read for somebody. */
    public long bytesOut() {
        return bytesOut.sum();
    }

    /** Files that were completed. */
    public long stored() {
        return stored.sum();
    }

    /** Files, complete or not, that were removed. */
    public long removed() {
        return removed.sum();
    }
}
