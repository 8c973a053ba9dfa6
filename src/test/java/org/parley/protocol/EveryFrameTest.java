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

    /** Besides what is no frame: {@code content} and {@code item}, which HTTP answers with. */
    @Test
    void hasWhatIsWrittenWithoutADelivery() {
        assertThat(Arrays.stream(FrameEncoder.class.getDeclaredMethods())
                        .filter(m -> Modifier.isPublic(m.getModifiers()) && m.getReturnType() == String.class)
                        .map(Method::getName))
                .containsExactlyInAnyOrderElementsOf(
                        Set.of("encode", "welcome", "authed", "pong", "error", "content", "item"));
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
