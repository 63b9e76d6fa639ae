package dev.gatehouse.e2e.clients;

/// What each client's commands are called.
final class CommandTables {
  private CommandTables() {}

  static final Commands NPM_12 =
      Commands.of(
          """
          LOGIN             npm login --auth-type=legacy
          WEB_LOGIN         npm login
          LOGOUT            npm logout
          WHOAMI            npm whoami
          PING              npm ping
          PROFILE_GET       npm profile get
          PROFILE_SET       npm profile set FIELD TEXT
          TOKEN_LIST        npm token list --json
          TOKEN_CREATE      npm token create --packages-and-scopes-permission=read-only --name=e2e --password=PASSWORD
          TOKEN_REVOKE      npm token revoke KEY
          INSTALL           npm install
          FROZEN_INSTALL    npm ci
          ADD               npm install NAME@RANGE
          UPDATE            npm update NAME
          OUTDATED          npm outdated
          AUDIT             npm audit
          AUDIT_FIX         npm audit fix
          EXEC              npm exec --yes -- NAME@VERSION
          VIEW              npm view NAME --json
          SEARCH            npm search TEXT --json
          PACK              npm pack NAME@VERSION
          DIFF              npm diff --diff=NAME@VERSION --diff=NAME@OTHER
          PUBLISH           npm publish --tag TAG --access ACCESS
          DEPRECATE         npm deprecate NAME@VERSION TEXT
          UNDEPRECATE       npm undeprecate NAME@VERSION
          UNPUBLISH_VERSION npm unpublish NAME@VERSION
          UNPUBLISH         npm unpublish NAME --force
          TAG_LIST          npm dist-tag ls NAME
          TAG_ADD           npm dist-tag add NAME@VERSION TAG
          TAG_REMOVE        npm dist-tag rm NAME TAG
          OWNER_LIST        npm owner ls NAME
          OWNER_ADD         npm owner add USER NAME
          OWNER_REMOVE      npm owner rm USER NAME
          ACCESS_GET        npm access get status NAME
          ACCESS_SET        npm access set status=STATUS NAME
          COLLABORATORS     npm access list collaborators NAME
          AUDIT_SIGNATURES  npm audit signatures
          """);

  static final Commands NPM_11 =
      NPM_12.with(
          """
          STAR              npm star NAME
          UNSTAR            npm unstar NAME
          STARS             npm stars USER
          """);

  static final Commands NPM_10 =
      NPM_11.with(
          """
          TOKEN_CREATE      npm token create --read-only --json
          UNDEPRECATE       npm deprecate NAME@VERSION ""
          """);

  static final Commands YARN_1 =
      Commands.of(
          """
          INSTALL           yarn install
          FROZEN_INSTALL    yarn install --frozen-lockfile
          ADD               yarn add NAME@RANGE
          UPDATE            yarn upgrade NAME
          OUTDATED          yarn outdated
          VIEW              yarn info NAME --json
          PUBLISH           yarn publish --non-interactive --tag TAG --access ACCESS
          TAG_LIST          yarn tag list NAME
          TAG_ADD           yarn tag add NAME@VERSION TAG
          TAG_REMOVE        yarn tag remove NAME TAG
          OWNER_LIST        yarn owner list NAME
          OWNER_ADD         yarn owner add USER NAME
          """);

  static final Commands YARN_4 =
      Commands.of(
          """
          LOGIN             yarn npm login
          LOGOUT            yarn npm logout
          WHOAMI            yarn npm whoami
          INSTALL           yarn install
          FROZEN_INSTALL    yarn install --immutable
          ADD               yarn add NAME@RANGE
          UPDATE            yarn up NAME
          AUDIT             yarn npm audit
          EXEC              yarn dlx -q NAME@VERSION
          VIEW              yarn npm info NAME --json
          PUBLISH           yarn npm publish --tag TAG --access ACCESS
          TAG_LIST          yarn npm tag list NAME
          TAG_ADD           yarn npm tag add NAME@VERSION TAG
          TAG_REMOVE        yarn npm tag remove NAME TAG
          """);

  static final Commands PNPM_12 =
      Commands.of(
          """
          WEB_LOGIN         pnpm login
          LOGOUT            pnpm logout
          WHOAMI            pnpm whoami
          PING              pnpm ping
          PROFILE_GET       pnpm profile get
          PROFILE_SET       pnpm profile set FIELD TEXT
          TOKEN_LIST        pnpm token list --json
          TOKEN_CREATE      pnpm token create --read-only --json
          TOKEN_REVOKE      pnpm token revoke KEY
          INSTALL           pnpm install
          FROZEN_INSTALL    pnpm install --frozen-lockfile
          ADD               pnpm add NAME@RANGE
          UPDATE            pnpm update NAME
          OUTDATED          pnpm outdated
          AUDIT             pnpm audit
          EXEC              pnpm dlx NAME@VERSION
          VIEW              pnpm view NAME --json
          SEARCH            pnpm search TEXT --json
          PUBLISH           pnpm publish --no-git-checks --tag TAG --access ACCESS
          DEPRECATE         pnpm deprecate NAME@VERSION TEXT
          UNDEPRECATE       pnpm undeprecate NAME@VERSION
          UNPUBLISH_VERSION pnpm unpublish NAME@VERSION
          UNPUBLISH         pnpm unpublish NAME --force
          TAG_LIST          pnpm dist-tag ls NAME
          TAG_ADD           pnpm dist-tag add NAME@VERSION TAG
          TAG_REMOVE        pnpm dist-tag rm NAME TAG
          OWNER_LIST        pnpm owner ls NAME
          OWNER_ADD         pnpm owner add NAME USER
          OWNER_REMOVE      pnpm owner rm NAME USER
          ACCESS_GET        pnpm access get status NAME
          ACCESS_SET        pnpm access set status=STATUS NAME
          COLLABORATORS     pnpm access list collaborators NAME
          STAR              pnpm star NAME
          UNSTAR            pnpm unstar NAME
          STARS             pnpm stars USER
          AUDIT_SIGNATURES  pnpm audit signatures
          """);

  /// Runs npm for what it does not do itself, so npm has to be installed beside it.
  static final Commands PNPM_9 =
      PNPM_12
          .with(
              """
              LOGIN             pnpm login --auth-type=legacy
              OWNER_ADD         pnpm owner add USER NAME
              OWNER_REMOVE      pnpm owner rm USER NAME
              UNDEPRECATE       pnpm deprecate NAME@VERSION ""
              """)
          .without(Verb.AUDIT_SIGNATURES);

  static final Commands BUN =
      Commands.of(
          """
          WHOAMI            bun pm whoami
          INSTALL           bun install
          FROZEN_INSTALL    bun install --frozen-lockfile
          ADD               bun add NAME@RANGE
          UPDATE            bun update NAME
          OUTDATED          bun outdated
          AUDIT             bun audit
          EXEC              bunx NAME@VERSION
          VIEW              bun info NAME --json
          DIFF              bun pm diff NAME@VERSION NAME@OTHER
          PUBLISH           bun publish --tag TAG --access ACCESS
          """);

  static final Commands DENO =
      Commands.of(
          """
          INSTALL           deno install
          FROZEN_INSTALL    deno ci
          ADD               deno add npm:NAME@RANGE
          UPDATE            deno update NAME
          OUTDATED          deno outdated
          AUDIT             deno audit
          EXEC              deno x -y npm:NAME@VERSION
          """);
}
