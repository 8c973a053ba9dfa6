package org.parley;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads settings by name and gathers what is wrong with them, so that one start shows every mistake. */
final class SettingsReader {
    private static final Pattern DURATION = Pattern.compile("(\\d+)\\s*(ms|s|m|h|d)", Pattern.CASE_INSENSITIVE);

    private final Function<String, Optional<String>> source;
    /** A setting that is read twice is wrong once. */
    private final Set<String> mistakes = new LinkedHashSet<>();

    SettingsReader(Function<String, Optional<String>> source) {
        this.source = source;
    }

    String text(String name, String otherwise) {
        return raw(name).orElse(otherwise);
    }

    Optional<String> raw(String name) {
        return source.apply(name).map(String::strip).filter(value -> !value.isEmpty());
    }

    List<String> list(String name) {
        return raw(name).stream()
                .flatMap(value -> Arrays.stream(value.split("[,\\s]+")))
                .filter(value -> !value.isEmpty())
                .toList();
    }

    int integer(String name, int otherwise, int min, int max) {
        return (int) number(name, otherwise, min, max);
    }

    long number(String name, long otherwise, long min, long max) {
        return read(name, otherwise, "a whole number from " + min + " to " + max, value -> {
            long number = Long.parseLong(value);
            return number < min || number > max ? null : number;
        });
    }

    Duration duration(String name, Duration otherwise, Duration min, Duration max) {
        String wanted = "a time such as 500ms, 20s, 10m, 24h or 30d, from " + min + " to " + max;
        return read(name, otherwise, wanted, value -> {
            Duration duration = duration(value);
            return duration.compareTo(min) < 0 || duration.compareTo(max) > 0 ? null : duration;
        });
    }

    /** @throws DateTimeParseException unless it is written like {@code 500ms}, {@code 30d} or {@code PT1H} */
    static Duration duration(String value) {
        Matcher matcher = DURATION.matcher(value);
        return matcher.matches() ? unit(matcher.group(2), Long.parseLong(matcher.group(1))) : Duration.parse(value);
    }

    private static Duration unit(String unit, long amount) {
        return switch (unit.toLowerCase(Locale.ROOT)) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            case "h" -> Duration.ofHours(amount);
            default -> Duration.ofDays(amount);
        };
    }

    boolean flag(String name, boolean otherwise) {
        return read(name, otherwise, "on or off", value -> switch (value.toLowerCase(Locale.ROOT)) {
            case "on", "true" -> true;
            case "off", "false" -> false;
            default -> null;
        });
    }

    <E extends Enum<E>> E choice(String name, E otherwise) {
        Class<E> type = otherwise.getDeclaringClass();
        UnaryOperator<String> label = value -> value.toLowerCase(Locale.ROOT);
        String wanted = Arrays.stream(type.getEnumConstants())
                .map(e -> label.apply(e.name()))
                .collect(Collectors.joining(", ", "one of ", ""));
        return read(name, otherwise, wanted, value -> Enum.valueOf(type, value.toUpperCase(Locale.ROOT)));
    }

    /** A reader answers null, or throws one of these exceptions, for a value that will not do. */
    <T> T read(String name, T otherwise, String wanted, Function<String, T> reader) {
        Optional<String> value = raw(name);
        if (value.isEmpty()) {
            return otherwise;
        }
        T read = null;
        try {
            read = reader.apply(value.get());
        } catch (IllegalArgumentException | ArithmeticException | DateTimeParseException e) {
            // Said below, in the same words as a value out of range.
        }
        if (read == null) {
            wrong(name + " is \"" + value.get() + "\" but must be " + wanted);
            return otherwise;
        }
        return read;
    }

    /** Notes what is wrong with a value that must not be shown, or with several values together. */
    void wrong(String mistake) {
        mistakes.add(mistake);
    }

    /** @throws IllegalStateException naming every setting that will not do */
    void complain() {
        if (!mistakes.isEmpty()) {
            throw new IllegalStateException("Parley cannot start: " + String.join("; ", mistakes) + ".");
        }
    }
}
