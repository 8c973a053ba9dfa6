package org.parley.file;

import java.util.Arrays;

import jakarta.json.JsonObject;

import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.parley.ParleyServer;
import org.parley.endpoint.Guest;

import static org.assertj.core.api.Assertions.assertThat;

/** {@code /files} on the real server: what goes well, and every way in which it can go wrong. */
@ExtendWith(ArquillianExtension.class)
class FilesIT {
    private static final int CHUNK = 128 << 10;

    @Deployment(testable = false)
    static WebArchive war() {
        return ParleyServer.war();
    }

    @Test
    void storesAFileTellsTheRoomAndGivesItBack() {
        byte[] content = Contents.random(1, 10 * CHUNK + 17);
        String room = Guest.newRoom("files-");
        String cookie = Guest.signIn("Ada");
        try (Guest reader = Guest.named("Grace");
                FileClient ada = FileClient.of(cookie)) {
            reader.join(room);
            FileClient.Frame welcome = ada.expect(FileClient.WELCOME);
            assertThat(welcome.header().getJsonObject("limits").getInt("transfers"))
                    .isEqualTo(8);
            FileClient.Frame stored = ada.upload(room, "Übersicht.pdf", content);
            assertThat(stored.string("sha256")).isEqualTo(Contents.sha256(content));

            JsonObject message =
                    reader.expect("messages").getJsonArray("messages").getJsonObject(0);
            assertThat(message.getString("kind")).isEqualTo("file");
            assertThat(message.getString("id")).isEqualTo(stored.string("message"));
            assertThat(message.getInt("seq")).isEqualTo(stored.number("seq"));
            JsonObject body = message.getJsonObject("body");
            assertThat(body.getString("file")).isEqualTo(stored.string("file"));
            assertThat(body.getString("name")).isEqualTo("Übersicht.pdf");
            assertThat(body.getString("sha256")).isEqualTo(Contents.sha256(content));
            assertThat(body.getInt("size")).isEqualTo(content.length);

            try (FileClient grace = FileClient.of(reader.cookie())) {
                grace.expect(FileClient.WELCOME);
                assertThat(grace.download(stored.string("file"), 0)).isEqualTo(content);
                int offset = 3 * CHUNK + 5;
                assertThat(grace.download(stored.string("file"), offset))
                        .isEqualTo(Arrays.copyOfRange(content, offset, content.length));
            }
        }
    }
}
