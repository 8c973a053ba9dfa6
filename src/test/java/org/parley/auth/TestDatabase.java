package org.parley.auth;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

import org.sqlite.SQLiteDataSource;

import static java.nio.charset.StandardCharsets.UTF_8;

/** A SQLite file with the tables of sign-ins. */
public final class TestDatabase {
    private TestDatabase() {}

    public static DataSource in(Path directory) throws SQLException, IOException {
        SQLiteDataSource database = new SQLiteDataSource();
        database.setUrl("jdbc:sqlite:" + directory.resolve("chat.db"));
        try (InputStream script = TestDatabase.class.getResourceAsStream("/db/sqlite/V2__sign_in.sql");
                Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.executeUpdate(new String(script.readAllBytes(), UTF_8));
        }
        return database;
    }
}
