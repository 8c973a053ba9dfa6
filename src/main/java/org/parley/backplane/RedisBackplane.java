package org.parley.backplane;

import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ThreadFactory;

import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.JedisPubSub;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.exceptions.JedisException;

/** Over the channels of a Redis, or of what speaks its protocol. Redis stores nothing. */
public final class RedisBackplane extends BrokerBackplane {
    private static final int TIMEOUT_MILLIS = 2_000;

    private final RedisAddress address;
    private final JedisClientConfig config;

    /**
     * Connects once, so that a mistake in the settings is found here.
     *
     * @param prefix of all channels
     * @param threads makes two threads
     * @throws IllegalStateException whose message names the address, never a password
     */
    public RedisBackplane(RedisAddress address, String prefix, ThreadFactory threads) {
        super(prefix, threads);
        this.address = address;
        this.config = DefaultJedisClientConfig.builder()
                .user(address.user().isEmpty() ? null : address.user())
                .password(address.password().isEmpty() ? null : address.password())
                .ssl(address.tls())
                .connectionTimeoutMillis(TIMEOUT_MILLIS)
                .socketTimeoutMillis(TIMEOUT_MILLIS)
                .blockingSocketTimeoutMillis(Receiver.SILENCE_MILLIS)
                .build();
        try (Jedis jedis = connect()) {
            jedis.ping();
        } catch (IOException | JedisException e) {
            throw new IllegalStateException("The backplane " + address + " cannot be used: " + e.getMessage(), e);
        }
    }

    /** The constructor connects (Jedis 6.2). */
    private Jedis connect() throws IOException {
        try {
            return new Jedis(new HostAndPort(address.host(), address.port()), config);
        } catch (JedisException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    @Override
    Transmitter openTransmitter() throws IOException {
        return new Sending(connect());
    }

    @Override
    Receiver openReceiver() throws IOException {
        return new Hearing(connect());
    }

    private static final class Sending implements Transmitter {
        private final Jedis jedis;

        Sending(Jedis jedis) {
            this.jedis = jedis;
        }

        @Override
        public void send(List<Parcel> parcels) throws IOException {
            try {
                Pipeline pipeline = jedis.pipelined();
                for (Parcel parcel : parcels) {
                    pipeline.publish(parcel.channel(), parcel.text());
                }
                pipeline.sync();
            } catch (JedisException e) {
                throw new IOException(e.getMessage(), e);
            }
        }

        @Override
        public void close() {
            disconnect(jedis);
        }
    }

    private static final class Hearing implements Receiver {
        private final Jedis jedis;
        private volatile JedisPubSub channels;

        Hearing(Jedis jedis) {
            this.jedis = jedis;
        }

        @Override
        public void run(Collection<String> first, Events events) throws IOException {
            JedisPubSub hearing = new JedisPubSub() {
                @Override
                public void onSubscribe(String channel, int count) {
                    events.confirmed(channel);
                }

                @Override
                public void onMessage(String channel, String text) {
                    events.heard(text);
                }
            };
            channels = hearing;
            try {
                jedis.subscribe(hearing, first.toArray(String[]::new));
                throw new IOException("unsubscribed from everything");
            } catch (JedisException e) {
                throw new IOException(e.getMessage(), e);
            }
        }

        @Override
        public void subscribe(String channel) throws IOException {
            try {
                channels.subscribe(channel);
            } catch (JedisException e) {
                throw new IOException(e.getMessage(), e);
            }
        }

        @Override
        public void unsubscribe(String channel) throws IOException {
            try {
                channels.unsubscribe(channel);
            } catch (JedisException e) {
                throw new IOException(e.getMessage(), e);
            }
        }

        @Override
        public void close() {
            disconnect(jedis);
        }
    }

    /** Not {@link Jedis#close}, which says goodbye first: the other thread would wait for the answer to that. */
    private static void disconnect(Jedis jedis) {
        jedis.disconnect();
    }
}
