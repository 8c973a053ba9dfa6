package org.parley.bench.load;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollEventLoopGroup;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioSocketChannel;

/** One event loop, and what its WebSockets share. */
public final class Generator implements AutoCloseable {
    private static final int READ = 256 << 10;
    /** Connections from one loopback address; a port is taken for a minute after its connection has ended. */
    private static final int FROM_ONE_ADDRESS = 10_000;

    private final EventLoopGroup group = Epoll.isAvailable() ? new EpollEventLoopGroup(1) : new NioEventLoopGroup(1);
    private final List<Wire> dirty = new ArrayList<>();
    private final Bootstrap bootstrap;
    private final int[] ports;
    private byte[] scratch = new byte[2 * READ];
    private long received;
    private long readAt;
    private final CompletableFuture<Throwable> failure = new CompletableFuture<>();

    /** @param ports of the servers, on 127.0.0.1: each connection goes to the next one, round and round */
    public Generator(int... ports) {
        this.ports = ports.clone();
        this.bootstrap = new Bootstrap()
                .group(group)
                .channel(Epoll.isAvailable() ? EpollSocketChannel.class : NioSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.RCVBUF_ALLOCATOR, new AdaptiveRecvByteBufAllocator(512, 2048, READ));
    }

    /** What moves the bytes, for the table. */
    public static String transport() {
        return Epoll.isAvailable() ? "epoll" : "NIO";
    }

    int port(Wire wire) {
        return ports[wire.number % ports.length];
    }

    void connect(Wire wire) {
        bootstrap
                .clone()
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline().addLast(wire);
                    }
                })
                .connect(
                        new InetSocketAddress("127.0.0.1", port(wire)),
                        new InetSocketAddress("127.0.0." + (1 + wire.number / FROM_ONE_ADDRESS), 0))
                .addListener(done -> {
                    if (!done.isSuccess()) {
                        failed(done.cause());
                    }
                });
    }

    /** Room for at least that many bytes, valid until the next read. */
    byte[] scratch(int bytes) {
        if (scratch.length < bytes) {
            scratch = new byte[Math.max(bytes, 2 * scratch.length)];
        }
        return scratch;
    }

    /** Bytes have come in, now. */
    void received(int bytes) {
        received += bytes;
        readAt = System.nanoTime();
    }

    /** When the bytes came that are being looked at. */
    long readAt() {
        return readAt;
    }

    long received() {
        return received;
    }

    void dirty(Wire wire) {
        if (dirty.isEmpty()) {
            group.execute(this::flush);
        }
        dirty.add(wire);
    }

    private void flush() {
        dirty.forEach(Wire::flush);
        dirty.clear();
    }

    void failed(Throwable why) {
        failure.complete(why);
    }

    void execute(Runnable task) {
        group.execute(() -> run(task));
    }

    void later(long nanos, Runnable task) {
        group.schedule(() -> run(task), nanos, TimeUnit.NANOSECONDS);
    }

    private void run(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            failed(e);
        }
    }

    /** Waits outside of the event loop; a failure inside of it is thrown here. */
    <T> T await(CompletableFuture<T> awaited, long seconds, String what) {
        try {
            CompletableFuture.anyOf(awaited, failure).get(seconds, TimeUnit.SECONDS);
            if (failure.isDone()) {
                throw new IllegalStateException(what, failure.join());
            }
            return awaited.join();
        } catch (TimeoutException e) {
            throw new IllegalStateException(what + ": not within " + seconds + " s", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(what, e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(what, e);
        }
    }

    <T> T call(Callable<T> task) {
        try {
            return group.submit(task).get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        group.shutdownGracefully(0, 2, TimeUnit.SECONDS).syncUninterruptibly();
    }
}
