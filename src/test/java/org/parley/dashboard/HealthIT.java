package org.parley.dashboard;

import java.net.http.HttpResponse;

import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.parley.ParleyServer;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(ArquillianExtension.class)
class HealthIT {
    @Deployment(testable = false)
    static WebArchive war() {
        return ParleyServer.war();
    }

    @Test
    void saysThatItLivesAndThatItIsReady() {
        HttpResponse<String> live = ParleyServer.get("/api/health/live");
        assertThat(live.statusCode()).isEqualTo(200);
        assertThat(live.body()).isEqualTo("{\"status\":\"up\",\"checks\":[{\"name\":\"writer\",\"status\":\"up\"}]}");
        HttpResponse<String> ready = ParleyServer.get("/api/health/ready");
        assertThat(ready.statusCode()).isEqualTo(200);
        assertThat(ready.body())
                .contains("{\"name\":\"database\",\"status\":\"up\"}")
                .contains("{\"name\":\"backplane\",\"status\":\"up\"}")
                .contains("{\"name\":\"disk\"", "{\"name\":\"append-queue\"", "{\"name\":\"server\"")
                .doesNotContain("\"down\"");
    }

    @Test
    void theServersOwnHealthAsksParley() {
        Assumptions.assumeFalse(ParleyServer.isWildFly(), "WildFly has MicroProfile Health only when it is configured");
        HttpResponse<String> ready = ParleyServer.get("/health/ready");
        assertThat(ready.statusCode()).isEqualTo(200);
        assertThat(ready.body()).contains("\"parley\"").contains("\"database\"");
        assertThat(ParleyServer.get("/health/live").body()).contains("\"parley\"");
    }
}
