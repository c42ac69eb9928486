package org.chatarchiver.security;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import org.junit.jupiter.api.Test;
import org.springframework.boot.ssl.DefaultSslBundleRegistry;

class NamedBundlesTest {
    @Test
    void aBundleThatIsNotThereIsToldWithTheSettingThatNamesItAndItsCure() {
        assertThatThrownBy(() ->
                        NamedBundles.find(new DefaultSslBundleRegistry(), "archiver.exchange.ssl-bundle", "nosuch"))
                .hasMessageContaining("archiver.exchange.ssl-bundle is 'nosuch'")
                .asInstanceOf(type(StartRefusedException.class))
                .extracting(StartRefusedException::cure)
                .asString()
                .contains("spring.ssl.bundle.pem.nosuch.truststore.certificate=");
    }
}
