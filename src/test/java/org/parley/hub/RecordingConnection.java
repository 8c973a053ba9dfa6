package org.parley.hub;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

import static org.assertj.core.api.Assertions.assertThat;

/** A connection that keeps what it is offered, and checks what the hub must never do to one. */
public final class RecordingConnection implements Connection {
    private static final AtomicInteger IDS = new AtomicInteger();
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(20);

    private final String id = "c" + IDS.incrementAndGet();
    private final User user;
    private final Access access;
    private final List<Delivery> deliveries = new ArrayList<>();
    private final Map<String, Delivery> answers = new HashMap<>();
    private long lastSeq;
    private Disconnect disconnected;

    public RecordingConnection(String user) {
        this(user, Access.EVERY_ROOM);
    }

    RecordingConnection(String user, Access access) {
        this.user = new User("guest:" + user, user, true);
        this.access = access;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public User user() {
        return user;
    }

    @Override
    public Access access() {
        return access;
    }

    @Override
    public void prepare(Broadcast broadcast) {
        assertThat(Thread.holdsLock(this)).isFalse();
    }

    @Override
    public synchronized void offer(Broadcast broadcast) {
        Delivery delivery = broadcast.delivery();
        deliveries.add(delivery);
        if (delivery.request() != null) {
            answers.putIfAbsent(delivery.request(), delivery);
        }
        List<Message> messages = messagesOf(delivery);
        lastSeq =
                messages.isEmpty() ? lastSeq : messages.get(messages.size() - 1).seq();
        notifyAll();
    }

    private static List<Message> messagesOf(Delivery delivery) {
        if (delivery instanceof Delivery.Messages pushed) {
            return pushed.messages();
        } else if (delivery instanceof Delivery.Joined joined) {
            return joined.messages();
        }
        return delivery instanceof Delivery.History history ? history.messages() : List.of();
    }

    static int bodyCharacters(Delivery delivery) {
        return messagesOf(delivery).stream().mapToInt(m -> m.body().length()).sum();
    }

    @Override
    public void flush() {
        // What is offered counts as sent.
    }

    @Override
    public synchronized void disconnect(Disconnect why) {
        disconnected = why;
    }

    public synchronized Disconnect disconnected() {
        return disconnected;
    }

    synchronized List<Delivery> deliveries() {
        return List.copyOf(deliveries);
    }

    synchronized void forget() {
        deliveries.clear();
        answers.clear();
    }

    /** Waits for an answer to that request and gives it. */
    public <D extends Delivery> D answer(String request, Class<D> type) {
        awaitUntil("an answer to " + request, () -> answers.containsKey(request));
        Delivery answer;
        synchronized (this) {
            answer = answers.get(request);
        }
        assertThat(answer).isInstanceOf(type);
        return type.cast(answer);
    }

    /** Waits until the last message that came, pushed or in a page, is that one. */
    public void awaitSeq(long seq) {
        awaitUntil("the message " + seq, () -> lastSeq == seq);
    }

    /** The number of the last message that came, pushed or in a page. */
    synchronized long lastSeq() {
        return lastSeq;
    }

    private synchronized void awaitUntil(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + PATIENCE;
        try {
            while (!condition.getAsBoolean()) {
                long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
                assertThat(left).as("%s has not got %s", id, what).isPositive();
                wait(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    public <D extends Delivery> List<D> all(Class<D> type) {
        return deliveries().stream().filter(type::isInstance).map(type::cast).toList();
    }

    /** Every message of pushes and pages, in the order they came. */
    public List<Message> messages() {
        List<Message> messages = new ArrayList<>();
        deliveries().forEach(delivery -> messages.addAll(messagesOf(delivery)));
        return messages;
    }

    public List<Long> seqs() {
        return messages().stream().map(Message::seq).toList();
    }
}
