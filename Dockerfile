# The program in one image: `main.js` serves, `cli.js` is the command line. The Node that the tests run on.
ARG NODE=20
FROM node:${NODE}-bookworm-slim AS build
WORKDIR /huzhu
COPY package.json package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY . .
RUN npm run build && npm prune --omit=dev --no-audit --no-fund

FROM node:${NODE}-bookworm-slim
ENV NODE_ENV=production HUZHU_DATA_DIR=/data HUZHU_KEY_FILE=/keys/keys.json
WORKDIR /huzhu
COPY --from=build --chown=root:root /huzhu/package.json ./
COPY --from=build --chown=root:root /huzhu/node_modules node_modules
COPY --from=build --chown=root:root /huzhu/build build
COPY --from=build --chown=root:root /huzhu/data data
COPY --from=build --chown=root:root /huzhu/templates templates
COPY --from=build --chown=root:root /huzhu/dist dist
# What is written is written there alone, and by nobody who owns the program.
RUN mkdir /data /keys /backups && chown node:node /data /keys /backups && chmod 700 /data /keys /backups
USER node
VOLUME ["/data", "/keys", "/backups"]
EXPOSE 3000
# Whether it lives, not whether it is ready: started anew because its clock is in doubt, it would believe that clock.
HEALTHCHECK --interval=10s --timeout=5s --start-period=40s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:3000/healthz').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "dist/src/main.js"]
