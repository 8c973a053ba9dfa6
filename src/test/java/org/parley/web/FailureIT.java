package org.parley.web;

import java.net.http.HttpResponse;

import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.parley.ParleyServer;

import static org.assertj.core.api.Assertions.assertThat;

/** Nothing in the WAR fails on purpose, so this one has a servlet that does. */
@ExtendWith(ArquillianExtension.class)
class FailureIT {
    @Deployment(testable = false)
    static WebArchive war() {
        return ShrinkWrap.create(WebArchive.class, "ROOT.war")
                .merge(ParleyServer.war())
                .addClass(FailingServlet.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/fail", "/fail/begun"})
    void saysThatItFailedAndNoMore(String path) {
        HttpResponse<String> answer = ParleyServer.get(path);
        assertThat(answer.statusCode()).isEqualTo(500);
        HeadersIT.assertPage(answer, "Something went wrong");
        assertThat(answer.body()).doesNotContain("a detail of the inside", "half of", "org.parley");
    }
}
