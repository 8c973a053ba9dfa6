package org.parley.bench.scenario;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.Flow;

/** Files over HTTP/1.1, on one connection that stays open. What comes is counted and forgotten. */
final class PlainHttp {
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String origin;
    private final String token;

    PlainHttp(int port, String token) {
        this.origin = "http://127.0.0.1:" + port;
        this.token = token;
    }

    /** @return the answer's body */
    String upload(String path, byte[] content) throws IOException {
        HttpRequest request = request(path)
                .POST(HttpRequest.BodyPublishers.ofByteArray(content))
                .build();
        return required(send(request, HttpResponse.BodyHandlers.ofString()));
    }

    /** @param key makes it safe to send again */
    void post(String path, String key, String json) throws IOException {
        HttpRequest request = request(path)
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", key)
                .POST(HttpRequest.BodyPublishers.ofString(json))
                .build();
        required(send(request, HttpResponse.BodyHandlers.ofString()));
    }

    /** @return how many bytes came */
    long download(String path) throws IOException {
        Counter counter = new Counter();
        return required(
                send(request(path).build(), HttpResponse.BodyHandlers.fromSubscriber(counter, done -> done.bytes)));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(origin + path)).header("Authorization", "Bearer " + token);
    }

    private static <T> T required(HttpResponse<T> response) throws IOException {
        if (response.statusCode() / 100 != 2) {
            throw new IOException(response.uri() + " answers " + response.statusCode());
        }
        return response.body();
    }

    private <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> handler) throws IOException {
        try {
            return http.send(request, handler);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    private static final class Counter implements Flow.Subscriber<List<ByteBuffer>> {
        private long bytes;

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            subscription.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(List<ByteBuffer> parts) {
            parts.forEach(part -> bytes += part.remaining());
        }

        @Override
        public void onError(Throwable failure) {
            // The response's future tells it.
        }

        @Override
        public void onComplete() {
            // The body's handler reads the count.
        }
    }
}
