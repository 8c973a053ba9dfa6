package org.parley.endpoint;

import java.io.IOException;
import java.net.URL;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

class RememberingClassLoaderTest {
    private static final String SERVICE = "META-INF/services/java.util.random.RandomGenerator";

    private final Counting application = new Counting();
    private final RememberingClassLoader loader = new RememberingClassLoader(application);

    /** Has two providers of every service. */
    private static final class Counting extends ClassLoader {
        final List<String> asked = new ArrayList<>();

        Counting() {
            super(RememberingClassLoaderTest.class.getClassLoader());
        }

        @Override
        public Enumeration<URL> getResources(String name) throws IOException {
            asked.add(name);
            return Collections.enumeration(List.of(new URL("file:/one"), new URL("file:/two")));
        }
    }

    @Test
    void theApplicationIsAskedOnceForTheProvidersOfAService() throws IOException {
        List<URL> first = Collections.list(loader.getResources(SERVICE));
        List<URL> second = Collections.list(loader.getResources(SERVICE));
        assertEquals(2, first.size());
        assertEquals(first, second);
        assertEquals(List.of(SERVICE), application.asked);
    }

    @Test
    void everythingElseIsAskedForEachTime() throws IOException {
        loader.getResources("words/en.json");
        loader.getResources("words/en.json");
        assertEquals(List.of("words/en.json", "words/en.json"), application.asked);
    }

    @Test
    void classesAreTheApplications() throws ClassNotFoundException {
        assertSame(RememberingClassLoaderTest.class, loader.loadClass(RememberingClassLoaderTest.class.getName()));
    }

    @Test
    void theThreadHasItsOwnLoaderAgainAfterwards() {
        Thread thread = Thread.currentThread();
        ClassLoader own = thread.getContextClassLoader();
        thread.setContextClassLoader(null);
        try {
            loader.during(() -> assertSame(loader, thread.getContextClassLoader()));
            assertNull(thread.getContextClassLoader());
            assertThrows(
                    IllegalStateException.class,
                    () -> loader.during(() -> {
                        throw new IllegalStateException("a send failed");
                    }));
            assertNull(thread.getContextClassLoader());
        } finally {
            thread.setContextClassLoader(own);
        }
    }
}
