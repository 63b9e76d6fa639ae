import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

// The server hands the app out under a policy that allows no inline script and no inline style, so
// nothing may be inlined here.
export default defineConfig({
  plugins: [react()],
  build: {
    outDir: "../target/web/app",
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    target: "es2023",
    reportCompressedSize: false,
  },
  server: {
    proxy: { "/api": "http://127.0.0.1:4874", "/r": "http://127.0.0.1:4874" },
  },
});
