package org.parley.sample;

import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.parley.ParleyServer;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(ArquillianExtension.class)
class EchoIT {
    @Deployment(testable = false)
    static WebArchive war() {
        return ParleyServer.war();
    }

    @Test
    void servesTheStartPage() {
        assertThat(ParleyServer.get("/").statusCode()).isEqualTo(200);
    }
}
