//! Page shells, typed page contexts, embedded defaults, overrides and their check.
