package org.parley.bench.scenario;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.zip.GZIPOutputStream;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import org.opentest4j.TestAbortedException;

import org.parley.bench.load.HubDialect;
import org.parley.bench.load.Load;
import org.parley.bench.load.Outcome;
import org.parley.bench.load.Pace;
import org.parley.bench.report.Medians;
import org.parley.bench.report.Row;
import org.parley.bench.server.Server;
import org.parley.browser.Chromium;

/**
 * The chat page in Chromium: what its first load weighs, when its first message is there, and how soon a key shows while
 * a thousand messages a second arrive in the open room. Chromium and the generator share the core that is not the
 * server's, as a browser shares a laptop's with other things.
 */
final class ChatPage implements Scenario {
    private static final int NAVIGATIONS = 5;
    private static final int RATE = 1000;
    private static final int KEYS = 50;
    private static final double KEY_EVERY_MS = 150;

    /** Milliseconds from the navigation to the first frame of the screen that has a message. */
    private static final String FIRST_MESSAGE =
            """
            const look = () => {
              const app = document.querySelector('parley-app')?.shadowRoot;
              const timeline = app?.querySelector('parley-timeline')?.shadowRoot;
              if (timeline?.querySelector('.text')) globalThis.shownAt ??= performance.now();
              else requestAnimationFrame(look);
            };
            look();
            """;

    /** Milliseconds from each key to the end of the first frame of the screen after it. */
    private static final String KEY_TO_FRAME =
            """
            () => {
              globalThis.keys = [];
              addEventListener('keydown', ({ timeStamp }) => requestAnimationFrame(() => {
                const channel = new MessageChannel();
                channel.port1.onmessage = () => keys.push(performance.now() - timeStamp);
                channel.port2.postMessage(null);
              }), true);
            }
            """;

    @Override
    public String name() {
        return "page";
    }

    @Override
    public void run(Stage stage, Consumer<Row> rows) throws IOException {
        Server server = stage.server(Kind.PARLEY);
        Row row = new Row(name(), "Parley");
        try (Chromium chromium = Chromium.launch()) {
            Visit visit = new Visit(chromium, server.port());
            row.put("first load KiB gzipped", visit.firstLoad() / 1024.0);
            row.put("first message ms", Medians.of(visit.firstMessages()));
            row.put("first message of a reload ms", Medians.of(visit.firstMessagesOfReloads()));
            busy(stage, visit, row);
        } catch (TestAbortedException noBrowser) {
            row.put("skipped:", noBrowser.getMessage());
        }
        rows.accept(row);
    }

    private static void busy(Stage stage, Visit visit, Row row) {
        double seconds = KEYS * KEY_EVERY_MS / 1000 + 1;
        // One connection publishes and reads; the page is the other reader.
        Load load = Load.room(1, 1, new Pace.Rate(RATE), 2, seconds);
        Page page = visit.open();
        page.evaluate(KEY_TO_FRAME);
        Locator composer = page.locator("parley-composer textarea");
        composer.focus();
        CompletableFuture<Outcome> publishing = CompletableFuture.supplyAsync(() -> {
            try {
                return stage.measure(Kind.PARLEY, visit.room(), load);
            } catch (IOException e) {
                throw new CompletionException(e);
            }
        });
        page.waitForTimeout(2000);
        for (int key = 0; key < KEYS; key++) {
            page.keyboard().press("x");
            page.waitForTimeout(KEY_EVERY_MS);
        }
        Outcome outcome = publishing.join();
        List<Double> latencies = numbers(page.evaluate("keys"));
        row.put("messages/s meanwhile", outcome.publishedPerSecond());
        row.put("keys", latencies.size());
        row.put("key to frame p50 ms", Medians.of(latencies));
        row.put("key to frame p95 ms", latencies.get((int) (latencies.size() * 0.95)));
        row.put("key to frame max ms", latencies.get(latencies.size() - 1));
    }

    private static List<Double> numbers(Object array) {
        return ((List<?>) array)
                .stream().map(each -> ((Number) each).doubleValue()).sorted().toList();
    }

    /** Somebody who is signed in and comes again and again. */
    private static final class Visit {
        private final Chromium chromium;
        private final HubDialect room = Contender.hubDialect();
        private final String url;
        private final String signedIn;
        private final long firstLoad;

        Visit(Chromium chromium, int port) {
            this.chromium = chromium;
            this.url = "http://127.0.0.1:" + port + "/#" + room.room(0);
            Page page = chromium.newPage().page();
            List<Response> loaded = new CopyOnWriteArrayList<>();
            page.onResponse(loaded::add);
            page.navigate(url);
            page.getByLabel("Your name").fill("Ada");
            page.keyboard().press("Enter");
            Locator composer = page.locator("parley-composer textarea");
            for (int i = 1; i <= 20; i++) {
                composer.fill("message " + i);
                composer.press("Enter");
                page.getByText("message " + i, new Page.GetByTextOptions().setExact(true))
                        .waitFor();
            }
            this.firstLoad = loaded.stream()
                    .filter(response -> response.request().method().equals("GET"))
                    .mapToLong(response -> gzipped(response.body()))
                    .sum();
            this.signedIn = page.context().storageState();
            page.context().close();
        }

        HubDialect room() {
            return room;
        }

        long firstLoad() {
            return firstLoad;
        }

        /** With an empty cache. */
        Page open() {
            Page page = chromium.newPage(new Browser.NewContextOptions().setStorageState(signedIn))
                    .page();
            page.addInitScript(FIRST_MESSAGE);
            page.navigate(url);
            shownAt(page);
            return page;
        }

        private static double shownAt(Page page) {
            page.waitForCondition(() -> page.evaluate("globalThis.shownAt") != null);
            return ((Number) page.evaluate("globalThis.shownAt")).doubleValue();
        }

        List<Double> firstMessages() {
            List<Double> times = new ArrayList<>();
            for (int i = 0; i < NAVIGATIONS; i++) {
                Page page = open();
                times.add(shownAt(page));
                page.context().close();
            }
            return times.stream().sorted().toList();
        }

        List<Double> firstMessagesOfReloads() {
            Page page = open();
            List<Double> times = new ArrayList<>();
            for (int i = 0; i < NAVIGATIONS; i++) {
                page.reload();
                times.add(shownAt(page));
            }
            page.context().close();
            return times.stream().sorted().toList();
        }

        private static long gzipped(byte[] content) {
            ByteArrayOutputStream packed = new ByteArrayOutputStream();
            try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
                gzip.write(content);
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
            return packed.size();
        }
    }
}
