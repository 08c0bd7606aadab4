from __future__ import annotations

import pytest
import sqlalchemy as sa

pytestmark = pytest.mark.postgres


@pytest.mark.parametrize("turn", [1, 2])
def test_each_test_gets_an_empty_database_of_its_own(
    postgres_database_url: str, turn: int
) -> None:
    engine = sa.create_engine(postgres_database_url, poolclass=sa.NullPool)
    with engine.begin() as connection:
        assert sa.inspect(connection).get_table_names() == []
        connection.execute(sa.text("CREATE TABLE left_behind (n integer)"))


def test_the_database_knows_letters_beyond_ascii(postgres_database_url: str) -> None:
    engine = sa.create_engine(postgres_database_url, poolclass=sa.NullPool)
    with engine.begin() as connection:
        assert connection.scalar(sa.text("SELECT lower('Ə')")) == "ə"
