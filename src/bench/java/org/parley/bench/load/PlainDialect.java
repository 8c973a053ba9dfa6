package org.parley.bench.load;

/** No envelope: what is sent comes back as it is, perhaps with some words before it. */
public final class PlainDialect implements Dialect {
    private static final byte[] RECEIPT = Bytes.ascii("You wrote: ");

    private final String path;

    /** @param path {@code {connection}} in it stands for the number of the connection */
    public PlainDialect(String path) {
        this.path = path;
    }

    @Override
    public String path(int connection) {
        return path.replace("{connection}", Integer.toString(connection));
    }

    @Override
    public String headers(int connection) {
        return "";
    }

    @Override
    public String hello(int connection, int room) {
        return null;
    }

    @Override
    public String ready() {
        return null;
    }

    @Override
    public String publish(int room) {
        return BODY;
    }

    /** The tutorials' chat tells the sender what it wrote beside the copy that everybody gets. */
    @Override
    public boolean carriesMessages(byte[] text, int from, int to) {
        return !Bytes.startsWith(text, from, to, RECEIPT);
    }

    @Override
    public boolean acknowledges(byte[] text, int from, int to) {
        return false;
    }
}
