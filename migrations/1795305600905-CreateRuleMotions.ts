import type { MigrationInterface, QueryRunner } from 'typeorm';

/** That the board was asked for a new version of the charter or of a fund's rule, and what it said. */
export class CreateRuleMotions1795305600905 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE "rule_motions" (
        "id"            VARCHAR(36)  NOT NULL,
        "society_id"    VARCHAR(36)  NOT NULL,
        "kind"          VARCHAR(20)  NOT NULL,
        "target_id"     VARCHAR(36)  NOT NULL,
        "target_name"   VARCHAR(60)  NOT NULL,
        "version"       INTEGER      NOT NULL,
        "valid_from"    VARCHAR(10)  NOT NULL,
        "terms"         TEXT         NOT NULL,
        "changes"       TEXT         NOT NULL,
        "why"           VARCHAR(200) NOT NULL,
        "issuer"        TEXT         NOT NULL,
        "state"         VARCHAR(10)  NOT NULL,
        "adopted_id"    VARCHAR(36),
        "in_force_from" VARCHAR(10),
        "opened_by"     VARCHAR(36),
        "opened_at"     DATETIME(3)  NOT NULL,
        "ended_at"      DATETIME(3),
        "open_key"      VARCHAR(60),
        CONSTRAINT "pk_rule_motions" PRIMARY KEY ("id"),
        CONSTRAINT "ck_rule_motions_state" CHECK (state IN ('VOTING', 'ADOPTED', 'REJECTED', 'LAPSED')),
        CONSTRAINT "ck_rule_motions_open" CHECK ((state = 'VOTING') = (open_key IS NOT NULL)),
        CONSTRAINT "ck_rule_motions_ended" CHECK ((state = 'VOTING') = (ended_at IS NULL)),
        CONSTRAINT "ck_rule_motions_adopted" CHECK ((state = 'ADOPTED') = (adopted_id IS NOT NULL) AND (adopted_id IS NULL) = (in_force_from IS NULL)),
        CONSTRAINT "ck_rule_motions_version" CHECK (version > 1),
        CONSTRAINT "uq_rule_motions_open" UNIQUE ("open_key"),
        CONSTRAINT "fk_rule_motions_society" FOREIGN KEY ("society_id") REFERENCES "organisations" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION
      )`);
    await queryRunner.query(
      `CREATE INDEX "ix_rule_motions_target" ON "rule_motions" ("target_id", "opened_at")`,
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    const rows = (await queryRunner.query(`SELECT "id" FROM "rule_motions" LIMIT 1`)) as unknown[];
    if (rows.length > 0) throw new Error('The board was asked: restore a backup, do not revert');
    await queryRunner.query(`DROP TABLE "rule_motions"`);
  }
}
