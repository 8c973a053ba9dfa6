package org.parley.hub;

/** What a user may do, as the credential says that the connection came with. */
public interface Access {
    boolean mayRead(String room);

    boolean mayWrite(String room);

    /** May see the server's figures and end other users' connections. */
    boolean admin();

    /** Every room, but no administration: what a guest gets. */
    Access EVERY_ROOM = new Access() {
        @Override
        public boolean mayRead(String room) {
            return true;
        }

        @Override
        public boolean mayWrite(String room) {
            return true;
        }

        @Override
        public boolean admin() {
            return false;
        }
    };
}
