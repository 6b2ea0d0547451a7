import js from "@eslint/js";
import typescript from "typescript-eslint";

export default typescript.config(
  js.configs.recommended,
  {
    files: ["src/**/*.ts"],
    extends: [typescript.configs.strictTypeChecked, typescript.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true } },
    rules: { "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }] },
  },
  {
    files: ["test/**/*.mjs", "test/**/*.cjs", "build.mjs"],
    languageOptions: {
      globals: {
        document: "readonly", process: "readonly", console: "readonly", setTimeout: "readonly", clearTimeout: "readonly",
        fetch: "readonly", URLSearchParams: "readonly", __dirname: "readonly", Buffer: "readonly", URL: "readonly", require: "readonly", exports: "writable", module: "writable",
      },
    },
  },
);
