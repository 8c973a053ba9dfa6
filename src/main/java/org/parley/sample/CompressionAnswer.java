package org.parley.sample;

import java.math.BigDecimal;
import java.math.RoundingMode;

import jakarta.json.bind.annotation.JsonbProperty;
import jakarta.json.bind.annotation.JsonbPropertyOrder;

/** What {@code /ws/compressed} answers; the ratio is there on success only. */
@JsonbPropertyOrder({"status", "message", "compressionRatio"})
public record CompressionAnswer(
        String status, String message, @JsonbProperty("compression_ratio") String compressionRatio) {
    static final CompressionAnswer FAILED = new CompressionAnswer("error", "Failed to decompress data", null);

    static CompressionAnswer of(long compressed, long decompressed) {
        String message = "Received and decompressed " + compressed + " bytes into " + decompressed + " bytes";
        return new CompressionAnswer("success", message, ratio(compressed, decompressed));
    }

    /** Rounded as Python's {@code .2f}: the exact binary value, half to even. Into nothing is {@code inf}. */
    private static String ratio(long compressed, long decompressed) {
        if (decompressed == 0) {
            return "inf";
        }
        double ratio = (double) compressed / decompressed;
        return new BigDecimal(ratio).setScale(2, RoundingMode.HALF_EVEN).toPlainString();
    }
}
