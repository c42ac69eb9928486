package org.chatarchiver.security;

import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.stereotype.Component;
import org.springframework.util.StringUtils;

/**
 * Has every setting of ours read before the data directory is made: a start that is refused for one of them leaves nothing behind, and the
 * setting is what is told, not what came of it elsewhere.
 */
@Component
class SettingsFirst implements BeanFactoryPostProcessor {
    private static final String OURS = "archiver";

    @Override
    public void postProcessBeanFactory(ConfigurableListableBeanFactory beans) {
        for (String directory : beans.getBeanNamesForType(DataDirectory.class, true, false)) {
            BeanDefinition definition = beans.getBeanDefinition(directory);
            for (String settings : beans.getBeanNamesForAnnotation(ConfigurationProperties.class)) {
                // Spring Boot names such a bean <prefix>-<class>.
                if (settings.startsWith(OURS + "-") || settings.startsWith(OURS + ".")) {
                    definition.setDependsOn(StringUtils.addStringToArray(definition.getDependsOn(), settings));
                }
            }
        }
    }
}
