package io.myrixen.simulation.sabotage;

import io.myrixen.simulation.campaign.SeedRunner;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.function.LongFunction;

/**
 * Loads the library, the NIC and the simulation once more, one class of them with a defect. All
 * that is not MyriXen's comes from above.
 */
public final class SabotagedLoader extends ClassLoader {

  private static final String OURS = "io.myrixen.";

  private final Sabotage sabotage;

  private SabotagedLoader(Sabotage sabotage) {
    super(SabotagedLoader.class.getClassLoader());
    this.sabotage = sabotage;
  }

  /**
   * Makes a runner of seeds whose classes have the defect.
   *
   * @throws IllegalStateException if the defect has no place in this build
   */
  @SuppressWarnings("unchecked") // What the class implements, whoever loaded it.
  public static LongFunction<Map<String, Long>> runner(Sabotage sabotage) {
    var loader = new SabotagedLoader(sabotage);
    try {
      var _ = loader.loadClass(sabotage.className()); // Fails now, if it has no place.
      Object made =
          loader.loadClass(SeedRunner.class.getName()).getDeclaredConstructor().newInstance();
      return (LongFunction<Map<String, Long>>) made;
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("sabotage " + sabotage.name() + ": " + e, e);
    }
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (!name.startsWith(OURS)) {
      return super.loadClass(name, resolve);
    }
    synchronized (getClassLoadingLock(name)) {
      Class<?> loaded = findLoadedClass(name);
      return loaded == null ? define(name) : loaded;
    }
  }

  private Class<?> define(String name) throws ClassNotFoundException {
    byte[] bytes = bytes(name);
    if (name.equals(sabotage.className())) {
      bytes = new Mutator(sabotage).mutate(bytes, getParent());
    }
    return defineClass(name, bytes, 0, bytes.length);
  }

  private byte[] bytes(String name) throws ClassNotFoundException {
    try (InputStream in = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
      if (in == null) {
        throw new ClassNotFoundException(name);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new ClassNotFoundException(name, e);
    }
  }
}
