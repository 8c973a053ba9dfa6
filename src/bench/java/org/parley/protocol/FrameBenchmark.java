package org.parley.protocol;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

import org.parley.hub.Delivery;
import org.parley.hub.Message;
import org.parley.hub.Publish;
import org.parley.hub.RoomClass;
import org.parley.hub.User;

/** A publish from text to what the hub takes, and what goes back: an ack, and frames of messages with 128 bytes each. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class FrameBenchmark {
    private static final String BODY = "{\"text\":\"" + "x".repeat(128) + "\"}";
    private static final String EPOCH = "b7c1d0f2a93e4d58861f0c4e7a2b9d35";
    private static final String ID = "019b76daaf6c-p0LmN7vRtY3s";
    private static final String PUBLISH =
            "{\"type\":\"publish\",\"id\":\"" + ID + "\",\"room\":\"lobby\",\"kind\":\"text\",\"body\":" + BODY + "}";
    private static final Delivery ACK = new Delivery.Acked(ID, "lobby", EPOCH, 42, 1_767_225_602_000L, false);

    /** Messages of one frame. */
    @State(Scope.Thread)
    public static class Messages {
        @Param({"1", "100"})
        int number;

        private Delivery delivery;

        @Setup
        public void make() {
            User user = new User("guest:Zk3vQ8yT2mLwX1bR", "Ada", true);
            List<Message> messages = LongStream.rangeClosed(1, number)
                    .mapToObj(seq -> new Message(seq, seq, 1_767_225_602_000L, ID, user, "text", BODY))
                    .toList();
            delivery = new Delivery.Messages("lobby", RoomClass.LOG, EPOCH, messages);
        }
    }

    @Benchmark
    public Publish decodePublish() throws BadFrameException {
        return FrameDecoder.publish((ClientFrame.Publish) FrameDecoder.decode(PUBLISH));
    }

    @Benchmark
    public String encodeAck() {
        return FrameEncoder.encode(ACK);
    }

    @Benchmark
    public String encodeMessages(Messages messages) {
        return FrameEncoder.encode(messages.delivery);
    }
}
