package dev.gatehouse.app.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/// What a `list` command prints: aligned columns for people, JSON for scripts.
public final class Listing {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private final PrintWriter out;

  /// Prints to `out`.
  public Listing(PrintWriter out) {
    this.out = out;
  }

  /// Prints `rows` below `header`, every column as wide as its widest cell.
  public void columns(List<String> header, List<List<String>> rows) {
    List<List<String>> all = new ArrayList<>(rows);
    all.addFirst(header);
    int[] widths = new int[header.size()];
    for (List<String> row : all) {
      for (int column = 0; column < row.size(); column++) {
        widths[column] = Math.max(widths[column], row.get(column).length());
      }
    }
    for (List<String> row : all) {
      var line = new StringBuilder();
      for (int column = 0; column < row.size(); column++) {
        String cell = row.get(column);
        line.append(cell).repeat(' ', widths[column] - cell.length() + 2);
      }
      out.println(line.toString().stripTrailing());
    }
    out.flush();
  }

  /// Prints rows made of records: JSON if `json`, else their cells below `header`.
  public <R> void print(boolean json, List<R> rows, List<String> header, Cells<R> cells) {
    if (json) {
      json(rows);
    } else {
      columns(header, rows.stream().map(cells::of).toList());
    }
  }

  /// What people read of a row.
  @FunctionalInterface
  public interface Cells<R> {
    /// One cell for each column.
    List<String> of(R row);
  }

  /// Prints `value`, made of records, maps, lists and plain values.
  public void json(Object value) {
    try {
      out.println(JSON.writeValueAsString(value));
      out.flush();
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
