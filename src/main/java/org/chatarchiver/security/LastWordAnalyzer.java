package org.chatarchiver.security;

import java.util.Objects;
import java.util.Optional;
import org.chatarchiver.message.Printable;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.core.env.Environment;
import org.springframework.core.io.support.SpringFactoriesLoader;
import org.springframework.core.io.support.SpringFactoriesLoader.ArgumentResolver;
import org.springframework.core.io.support.SpringFactoriesLoader.FailureHandler;

/**
 * Says why a start was refused that no other analyzer has words for: the innermost reason, and the setting that it names. The stack
 * trace is for {@code --debug}.
 */
class LastWordAnalyzer implements FailureAnalyzer {
    private final BeanFactory beans;
    private final Environment environment;

    LastWordAnalyzer(BeanFactory beans, Environment environment) {
        this.beans = beans;
        this.environment = environment;
    }

    @Override
    public FailureAnalysis analyze(Throwable failure) {
        return others(failure).orElseGet(() -> lastWord(failure));
    }

    /** Analyzers without an order stand in that of the jars on the class path, where ours may come before Spring's. */
    private Optional<FailureAnalysis> others(Throwable failure) {
        return SpringFactoriesLoader.forDefaultResourceLocation(getClass().getClassLoader())
                .load(
                        FailureAnalyzer.class,
                        ArgumentResolver.of(BeanFactory.class, beans).and(Environment.class, environment),
                        FailureHandler.handleMessage((message, unusable) -> {}))
                .stream()
                .filter(analyzer -> !(analyzer instanceof LastWordAnalyzer))
                .map(analyzer -> analyzer.analyze(failure))
                .filter(Objects::nonNull)
                .findFirst();
    }

    private static FailureAnalysis lastWord(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        String why = root.getMessage() == null ? "" : root.getMessage();
        String cure = SettingNames.in(why)
                .map(SettingNames::cure)
                .orElse("Mend that and start again; with --debug the whole stack trace is logged.");
        String kind =
                root instanceof IllegalArgumentException ? "" : root.getClass().getSimpleName() + ": ";
        return new FailureAnalysis("The archiver cannot start: " + kind + Printable.of(why), cure, failure);
    }
}
