import type { MigrationInterface, QueryRunner } from 'typeorm';

const references = (table: string) => `REFERENCES "${table}" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION`;

/** What of the register was put right, by two people, and what it said before. */
export class CreatePersonCorrections1795305600405 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE "person_corrections" (
        "id"                  VARCHAR(36) NOT NULL,
        "society_id"          VARCHAR(36) NOT NULL,
        "person_id"           VARCHAR(36) NOT NULL,
        "household_id"        VARCHAR(36) NOT NULL,
        "field"               VARCHAR(5)  NOT NULL,
        "content_sealed"      TEXT        NOT NULL,
        "state"               VARCHAR(10) NOT NULL,
        "proposed_by"         VARCHAR(36),
        "proposed_by_account" VARCHAR(36),
        "proposed_at"         DATETIME(3) NOT NULL,
        "decided_by"          VARCHAR(36),
        "decided_by_account"  VARCHAR(36),
        "decided_at"          DATETIME(3),
        "answer_sealed"       TEXT,
        "open_key"            VARCHAR(50),
        CONSTRAINT "pk_person_corrections" PRIMARY KEY ("id"),
        CONSTRAINT "ck_person_corrections_field" CHECK (field IN ('NAME', 'GROUP')),
        CONSTRAINT "ck_person_corrections_state" CHECK (state IN ('WAITING', 'CONFIRMED', 'DECLINED')),
        CONSTRAINT "ck_person_corrections_open" CHECK ((state = 'WAITING') = (open_key IS NOT NULL)),
        CONSTRAINT "ck_person_corrections_decided" CHECK ((state = 'WAITING') = (decided_at IS NULL)),
        CONSTRAINT "ck_person_corrections_answer" CHECK ((state = 'DECLINED') = (answer_sealed IS NOT NULL)),
        CONSTRAINT "ck_person_corrections_two" CHECK (decided_by IS NULL OR proposed_by IS NULL OR decided_by <> proposed_by),
        CONSTRAINT "uq_person_corrections_open" UNIQUE ("open_key"),
        CONSTRAINT "fk_person_corrections_person" FOREIGN KEY ("person_id") ${references('persons')},
        CONSTRAINT "fk_person_corrections_household" FOREIGN KEY ("household_id") ${references('households')}
      )`);
    await queryRunner.query(
      `CREATE INDEX "ix_person_corrections_person" ON "person_corrections" ("person_id", "proposed_at")`,
    );
    await queryRunner.query(
      `CREATE INDEX "ix_person_corrections_society" ON "person_corrections" ("society_id", "state", "proposed_at")`,
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    const rows = (await queryRunner.query(`SELECT "id" FROM "person_corrections" LIMIT 1`)) as unknown[];
    if (rows.length > 0) throw new Error('The register was corrected: restore a backup, do not revert');
    await queryRunner.query(`DROP TABLE "person_corrections"`);
  }
}
