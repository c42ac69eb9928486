package org.chatarchiver;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.support.PropertiesLoaderUtils;
import org.springframework.util.StringUtils;

class AutoConfigurationsTest {
    /** One that is misspelt, or that another version of a library has renamed, would be set up again without a word. */
    @Test
    void eachExcludedAutoConfigurationIsOneOfTheClassPaths() throws IOException {
        Properties settings = PropertiesLoaderUtils.loadProperties(new ClassPathResource("application.properties"));
        String[] excluded =
                StringUtils.tokenizeToStringArray(settings.getProperty("spring.autoconfigure.exclude"), ",");

        assertThat(excluded).isNotEmpty();
        assertThat(ImportCandidates.load(AutoConfiguration.class, getClass().getClassLoader()))
                .contains(excluded);
    }
}
