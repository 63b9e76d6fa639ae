package dev.gatehouse.install.fact;

import dev.gatehouse.npm.packument.PackumentIndex;
import dev.gatehouse.npm.packument.merge.MergedPackument;
import java.util.Map;
import java.util.function.Function;

/// One package before the policies.
///
/// @param internal whether the name is owned here
/// @param all every version that exists
/// @param from where the versions of a document come from
/// @param sources every document that has the name, by what people call who gave it
public record Case(
    String name,
    boolean internal,
    MergedPackument all,
    Function<PackumentIndex, Provenance> from,
    Map<PackumentIndex, String> sources) {}
