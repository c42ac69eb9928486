package org.chatarchiver.routing;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.apache.camel.spi.BeanRepository;
import org.springframework.beans.factory.ListableBeanFactory;

/** The archiver's beans as routes on trial see them: by name and type, and without an effect. */
final class TrialBeans implements BeanRepository {
    private final ListableBeanFactory beans;
    private final Map<String, Object> known = new ConcurrentHashMap<>();

    TrialBeans(ListableBeanFactory beans) {
        this.beans = beans;
    }

    Optional<Class<?>> type(String name) {
        return beans.containsBean(name) ? Optional.ofNullable(beans.getType(name)) : Optional.empty();
    }

    @Override
    public Object lookupByName(String name) {
        return type(name)
                .filter(type -> !StandIns.isOfContext(type))
                .map(type -> known(name, type))
                .orElse(null);
    }

    private Object known(String name, Class<?> type) {
        return known.computeIfAbsent(name, any -> StandIns.isData(type) ? beans.getBean(name) : StandIns.of(type));
    }

    @Override
    public <T> T lookupByNameAndType(String name, Class<T> type) {
        Object found = lookupByName(name);
        return type.isInstance(found) ? type.cast(found) : null;
    }

    @Override
    public <T> Map<String, T> findByTypeWithName(Class<T> type) {
        if (StandIns.isOfContext(type)) {
            return Map.of();
        }
        return Set.of(beans.getBeanNamesForType(type, true, false)).stream()
                .filter(name -> lookupByName(name) != null)
                .collect(Collectors.toMap(name -> name, name -> type.cast(lookupByName(name))));
    }

    @Override
    public <T> Set<T> findByType(Class<T> type) {
        return Set.copyOf(findByTypeWithName(type).values());
    }
}
