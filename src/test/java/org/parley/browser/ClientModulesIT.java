package org.parley.browser;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

/** Runs {@code src/test/js/*.test.js} in Chromium: each test written in JavaScript is one test of JUnit. */
class ClientModulesIT {

    private static final Path TESTS = Path.of("src/test/js");

    private static WebappServer server;
    private static Chromium chromium;

    @BeforeAll
    static void start() throws IOException {
        chromium = Chromium.launch();
        server = new WebappServer();
    }

    @AfterAll
    static void stop() {
        if (chromium != null) {
            chromium.close();
        }
        if (server != null) {
            server.close();
        }
    }

    @TestFactory
    Stream<DynamicNode> javascript() throws IOException {
        try (Stream<Path> files = Files.list(TESTS)) {
            List<Path> tests = files.filter(file -> file.toString().endsWith(".test.js"))
                    .sorted()
                    .toList();
            assertThat(tests).isNotEmpty();
            return tests.stream().map(ClientModulesIT::file);
        }
    }

    private static DynamicNode file(Path file) {
        List<Map<String, String>> results = run(file);
        assertThat(results).as("tests in %s", file).isNotEmpty();
        return dynamicContainer(file.getFileName().toString(), results.stream().map(ClientModulesIT::test));
    }

    private static DynamicNode test(Map<String, String> result) {
        return dynamicTest(result.get("name"), () -> {
            if (result.get("error") != null) {
                Assertions.fail(result.get("error"));
            }
        });
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, String>> run(Path file) {
        try (WatchedPage watched = chromium.newPage()) {
            watched.page().navigate(server.url() + "blank");
            return (List<Map<String, String>>) watched.page()
                    .evaluate(
                            "async (name) => (await import('./test/runner.js')).runFile(name)",
                            "./" + file.getFileName());
        }
    }
}
