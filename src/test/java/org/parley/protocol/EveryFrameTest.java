package org.parley.protocol;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Set;

import org.junit.jupiter.api.Test;

import org.parley.hub.Delivery;

import static org.assertj.core.api.Assertions.assertThat;

/** A frame that is added to the code and not to {@link EveryFrame} would be missing from the documents unseen. */
class EveryFrameTest {
    @Test
    void hasEveryDelivery() {
        assertThat(EveryFrame.deliveries().stream()
                        .<Class<?>>map(Delivery::getClass)
                        .distinct())
                .containsExactlyInAnyOrder(Delivery.class.getPermittedSubclasses());
    }

    /** What the HTTP answers have in common with frames, no frame by itself. */
    private static final Set<String> PARTS = Set.of("item", "content");

    @Test
    void hasWhatIsWrittenWithoutADelivery() {
        assertThat(Arrays.stream(FrameEncoder.class.getDeclaredMethods())
                        .filter(m -> Modifier.isPublic(m.getModifiers()) && m.getReturnType() == String.class)
                        .map(Method::getName)
                        .filter(name -> !PARTS.contains(name)))
                .containsExactlyInAnyOrderElementsOf(Set.of("encode", "welcome", "authed", "pong", "error"));
    }

    @Test
    void hasEveryRecordThatAClientMaySend() {
        assertThat(EveryFrame.client().values())
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(ClientFrame.class.getPermittedSubclasses())
                        .toList());
    }

    @Test
    void hasAGoldenTextForEachType() {
        Set<String> files = EveryFrame.golden().keySet();
        EveryFrame.client().keySet().forEach(type -> assertThat(files).contains("client-" + type + ".json"));
        EveryFrame.serverTypes().forEach(type -> assertThat(files).contains("server-" + type + ".json"));
    }
}
