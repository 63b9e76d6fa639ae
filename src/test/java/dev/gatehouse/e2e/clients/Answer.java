package dev.gatehouse.e2e.clients;

/// What to type when a prompt holds some words.
public record Answer(String prompt, String text) {}
